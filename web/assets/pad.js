// A pad to sign on: what the pen draws is kept as lines of points from 0 to 1000, y downwards, in the field
// `signature`. Without scripts the pad stays hidden, and the receiver signs on the printed receipt.

const FARTHEST = 1000;

function start(field) {
  const canvas = field.querySelector("canvas");
  const kept = document.getElementById("signature");
  const pen = canvas.getContext("2d");
  let lines = read(kept.value);
  let line = null;
  field.hidden = false;
  draw();

  function point(event) {
    const box = canvas.getBoundingClientRect();
    const scale = FARTHEST / box.width;
    const x = Math.round((event.clientX - box.left) * scale);
    const y = Math.round((event.clientY - box.top) * scale);
    return [Math.min(Math.max(x, 0), FARTHEST), Math.min(Math.max(y, 0), FARTHEST)];
  }

  function draw() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 5;
    pen.lineCap = pen.lineJoin = "round";
    for (const each of lines) {
      pen.beginPath();
      each.forEach(([x, y], at) => pen[at ? "lineTo" : "moveTo"]((x * canvas.width) / FARTHEST, (y * canvas.width) / FARTHEST));
      if (each.length === 1) pen.lineTo((each[0][0] * canvas.width) / FARTHEST, (each[0][1] * canvas.width) / FARTHEST);
      pen.stroke();
    }
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    line = [point(event)];
    lines.push(line);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line) return;
    line.push(point(event));
    draw();
  });
  canvas.addEventListener("pointerup", () => {
    line = null;
    kept.value = JSON.stringify(lines);
  });
  field.querySelector("[data-pad-clear]").addEventListener("click", () => {
    lines = [];
    kept.value = "";
    draw();
  });
}

function read(text) {
  try {
    const found = JSON.parse(text);
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

document.querySelectorAll("[data-pad]").forEach(start);
