// Answers each line of JSON, a condition's tree with its facts, by what the page's script makes of it.
import { createInterface } from "node:readline";
import { AskTheServer, holds } from "../../web/assets/conditions.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { tree, facts } = JSON.parse(line);
  let answer;
  try {
    answer = holds(tree, facts);
  } catch (error) {
    if (!(error instanceof AskTheServer)) throw error;
    answer = "ask the server";
  }
  console.log(JSON.stringify(answer));
}
