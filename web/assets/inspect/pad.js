// A pad to sign on: what is kept are the strokes, as whole numbers from 0 to 1000 in the width of the pad.
const WIDTH = 1000;
const MOST_STROKES = 200, MOST_POINTS = 5000;

export function pad(canvas, onChange = () => {}) {
  const strokes = [];
  let current = null;
  const pen = canvas.getContext("2d");

  // The drawing follows the size of the pad, also when the phone is turned.
  function draw() {
    const scale = canvas.clientWidth / WIDTH;
    const density = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * density;
    canvas.height = canvas.clientHeight * density;
    pen.setTransform(density * scale, 0, 0, density * scale, 0, 0);
    Object.assign(pen, { lineWidth: 7, lineCap: "round", lineJoin: "round", strokeStyle: "#16202c" });
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      if (stroke.length === 1) pen.lineTo(stroke[0][0] + 1, stroke[0][1]);
      pen.stroke();
    }
  }

  function point(event) {
    const box = canvas.getBoundingClientRect();
    const scaled = [(event.clientX - box.left), (event.clientY - box.top)].map((n) => (n / box.width) * WIDTH);
    return scaled.map((n) => Math.min(WIDTH, Math.max(0, Math.round(n))));
  }

  function add(event) {
    const last = current[current.length - 1];
    const next = point(event);
    if (last && Math.hypot(next[0] - last[0], next[1] - last[1]) < 4) return;
    if (strokes.reduce((n, stroke) => n + stroke.length, 0) < MOST_POINTS) current.push(next);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (strokes.length >= MOST_STROKES) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    current = [];
    strokes.push(current);
    add(event);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!current) return;
    add(event);
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (!current) return;
      current = null;
      onChange(strokes.length > 0);
    });
  }
  new ResizeObserver(draw).observe(canvas);

  return {
    strokes: () => strokes.filter((stroke) => stroke.length),
    clear() {
      strokes.length = 0;
      draw();
      onChange(false);
    },
  };
}
