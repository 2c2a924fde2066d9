// Evaluates the conditions of a form in the page, as forms/expressions.py does on the server, from the lists that
// forms/expression_tree.py writes. A test compares the two. What only the server can do throws AskTheServer.

export class AskTheServer extends Error {}
class NoValue extends Error {} // what Python says for unlike things compared, a missing key, a division by 0

// Whether a question is asked. A condition without a value counts as true, as in forms/fields.py.
export function holds(tree, facts) {
  try {
    return truth(evaluate(tree, facts));
  } catch (error) {
    if (error instanceof NoValue) return true;
    throw error;
  }
}

const isNumber = (value) => typeof value === "number" || typeof value === "boolean";
const isText = (value) => typeof value === "string";
const isList = Array.isArray;
const isMap = (value) => value !== null && typeof value === "object" && !isList(value);

function truth(value) {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

function evaluate(tree, facts) {
  const [kind, ...parts] = tree;
  const of = (part) => evaluate(part, facts);
  switch (kind) {
    case "value": return parts[0];
    case "name": return Object.hasOwn(facts, parts[0]) ? facts[parts[0]] : null;
    case "list": return parts.map(of);
    case "and": return firstThat((value) => !truth(value), parts, of);
    case "or": return firstThat(truth, parts, of);
    case "not": return !truth(of(parts[0]));
    case "minus": return -number(of(parts[0]));
    case "if": return of(truth(of(parts[0])) ? parts[1] : parts[2]);
    case "at": return at(of(parts[0]), of(parts[1]));
    case "compare": return compareAll(parts, of);
    case "call": return call(parts[0], parts.slice(1).map(of));
    case "set": throw new AskTheServer("a set by itself");
    default: return compute(kind, of(parts[0]), of(parts[1]));
  }
}

function firstThat(stops, parts, of) {
  let value;
  for (const part of parts) {
    value = of(part);
    if (stops(value)) break;
  }
  return value;
}

function compareAll([first, ...rest], of) {
  let left = of(first);
  for (let place = 0; place < rest.length; place += 2) {
    const [word, part] = [rest[place], rest[place + 1]];
    const within = part[0] === "set" && word.endsWith("in");
    const right = within ? part.slice(1).map(of) : of(part);
    if (within && (isList(left) || isMap(left) || right.some((each) => isList(each) || isMap(each)))) throw new NoValue();
    if (!compare(word, left, right)) return false;
    left = right;
    if (within && place + 2 < rest.length) throw new AskTheServer("a set compared further");
  }
  return true;
}

function compare(word, left, right) {
  switch (word) {
    case "==": return same(left, right);
    case "!=": return !same(left, right);
    case "in": return contains(right, left);
    case "not in": return !contains(right, left);
    case "is": return identical(left, right);
    case "is not": return !identical(left, right);
    case "<": return order(left, right) < 0;
    case "<=": return order(left, right) <= 0;
    case ">": return order(left, right) > 0;
    default: return order(left, right) >= 0;
  }
}

function same(left, right) {
  if (isNumber(left) && isNumber(right)) return Number(left) === Number(right);
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((each, place) => same(each, right[place]));
  }
  if (isMap(left) && isMap(right)) {
    const names = Object.keys(left);
    return names.length === Object.keys(right).length
      && names.every((name) => Object.hasOwn(right, name) && same(left[name], right[name]));
  }
  return left === right;
}

// Only nothing, true and false are one and the same thing wherever they come from.
function identical(left, right) {
  const single = (value) => value === null || typeof value === "boolean";
  if (single(left) || single(right)) return left === right;
  throw new AskTheServer("identity of values");
}

function contains(whole, part) {
  if (isList(whole)) return whole.some((each) => same(each, part));
  if (isText(whole) && isText(part)) return whole.includes(part);
  if (isMap(whole) && isText(part)) return Object.hasOwn(whole, part);
  if (isMap(whole) && !isList(part) && !isMap(part)) return false;
  throw new NoValue();
}

function order(left, right) {
  if (isNumber(left) && isNumber(right)) return Number(left) - Number(right);
  if (isText(left) && isText(right)) return byCharacters([...left], [...right]);
  if (isList(left) && isList(right)) throw new AskTheServer("lists in order");
  throw new NoValue();
}

function byCharacters(left, right) {
  for (let place = 0; place < Math.min(left.length, right.length); place++) {
    const difference = left[place].codePointAt(0) - right[place].codePointAt(0);
    if (difference) return difference;
  }
  return left.length - right.length;
}

function at(whole, index) {
  if (isMap(whole) && isText(index) && Object.hasOwn(whole, index)) return whole[index];
  if (!isList(whole) && !isText(whole)) throw new NoValue();
  const parts = [...whole];
  const place = Number(index) < 0 ? parts.length + Number(index) : Number(index);
  if (!isNumber(index) || !Number.isInteger(place) || place < 0 || place >= parts.length) throw new NoValue();
  return parts[place];
}

function number(value) {
  if (!isNumber(value)) throw new NoValue();
  return Number(value);
}

function compute(word, left, right) {
  if (word === "+" && isText(left) && isText(right)) return left + right;
  if (word === "+" && isList(left) && isList(right)) return [...left, ...right];
  const [one, other] = [number(left), number(right)];
  if ((word === "/" || word === "%") && other === 0) throw new NoValue();
  switch (word) {
    case "+": return one + other;
    case "-": return one - other;
    case "*": return one * other;
    case "/": return one / other;
    default: return one - other * Math.floor(one / other); // the sign of the divisor, as in Python
  }
}

function call(name, given) {
  const [first] = given;
  if (given.length !== 1) throw new AskTheServer(`${name} of several`);
  if (name === "len" && (isList(first) || isText(first))) return [...first].length;
  if (name === "len" && isMap(first)) return Object.keys(first).length;
  if (name === "any" && isList(first)) return first.some(truth);
  if (name === "all" && isList(first)) return first.every(truth);
  if (name === "abs") return Math.abs(number(first));
  if (name === "len" && (first === null || isNumber(first))) throw new NoValue();
  throw new AskTheServer(name);
}
