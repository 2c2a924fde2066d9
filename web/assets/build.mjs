// Bundles everything a page loads into web/static/built/: our own sources and the pinned packages of node_modules.
// Run it with `make assets`. To add a file that a page may name, add a line to `entries`.
import { build } from "esbuild";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const entries = [
  { out: "tabler", in: "node_modules/@tabler/core/dist/css/tabler.css" }, // tabler.css
  { out: "htmx", in: "node_modules/htmx.org/dist/htmx.min.js" }, // htmx.js
  { out: "viewer", in: "web/assets/viewer.js" }, // viewer.js, and viewer.css with the fonts of bpmn-js
  { out: "app", in: "web/assets/app.js" }, // app.js
  { out: "section", in: "web/assets/section.js" }, // section.js
  { out: "inspect", in: "web/assets/inspect.js" }, // inspect.js
  { out: "worker", in: "web/assets/inspect/worker.js" }, // worker.js, which /inspect/worker.js hands out
  { out: "verify", in: "web/assets/verify.js" }, // verify.js
  { out: "pad", in: "web/assets/pad.js" }, // pad.js
  { out: "app", in: "web/assets/app.css" }, // app.css
];

const outdir = join(root, "web", "static", "built");
rmSync(outdir, { recursive: true, force: true });

// htmx arrives ready made: bundling it as a module would hide its global name.
const readyMade = (entry) => entry.out === "htmx";

const options = {
  absWorkingDir: root,
  outdir,
  minify: true,
  target: ["chrome100", "firefox100", "safari15"],
  assetNames: "fonts/[name]",
  loader: { ".woff2": "file", ".woff": "file", ".ttf": "file", ".eot": "file", ".svg": "file" },
  legalComments: "eof",
  logLevel: "warning",
};

const groups = [
  { entryPoints: entries.filter(readyMade), bundle: false },
  { entryPoints: entries.filter((e) => !readyMade(e) && e.in.endsWith(".js")), bundle: true, format: "iife" },
  { entryPoints: entries.filter((e) => e.in.endsWith(".css")), bundle: true },
];
for (const group of groups) await build({ ...options, ...group });
