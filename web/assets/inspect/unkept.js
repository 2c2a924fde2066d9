// What a person has just typed or taken and this phone has not kept: nothing is called uploaded, signed over or left
// behind before it is.
export function unkept(tell) {
  const works = new Set();
  const failed = new Set(); // the points of which the phone has no room to keep what was said last
  window.addEventListener("beforeunload", (event) => works.size + failed.size && event.preventDefault());
  return {
    failed,
    all: () => Promise.all(works),
    state: () => (works.size ? "keeping" : failed.size ? "full" : ""),
    // Something begins that is to be kept; the answer is called when it is, or when its person was told that it is not.
    begin() {
      let end;
      const work = new Promise((resolve) => (end = resolve));
      works.add(work);
      tell();
      return () => {
        works.delete(work);
        end();
        tell();
      };
    },
  };
}
