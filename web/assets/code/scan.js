// The text of a QR code, from the camera or from a photo: by the browser's own reader where it has one, else by jsQR.
import jsQR from "jsqr";

const SIZES = [1600, 1000, 2400]; // longest side in pixels; small modules need more, blurred ones fewer
const PAUSE = 150; // milliseconds between two looks through the camera

const own = "BarcodeDetector" in window ? readerOfTheBrowser() : Promise.resolve(null);

async function readerOfTheBrowser() {
  const formats = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
}

// The text in a photo, or null when there is no code to be seen. Throws for what is no picture.
export async function inPhoto(file) {
  const picture = await createImageBitmap(file);
  for (const size of SIZES) {
    const found = await inPicture(picture, picture.width, picture.height, size);
    if (found) return found;
  }
  return null;
}

// Looks through the camera until a code is seen: its text. `stop()` ends it with null.
export function throughCamera(video) {
  let stopped = false;
  const stop = () => { stopped = true; };
  const seen = (async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: 1280 } });
    try {
      video.srcObject = stream;
      await video.play();
      while (!stopped) {
        const found = video.videoWidth && (await inPicture(video, video.videoWidth, video.videoHeight, SIZES[1]));
        if (found) return found;
        await new Promise((next) => setTimeout(next, PAUSE));
      }
      return null;
    } finally {
      stream.getTracks().forEach((track) => track.stop());
      video.srcObject = null;
    }
  })();
  return { seen, stop };
}

async function inPicture(picture, width, height, size) {
  const detector = await own;
  if (detector) {
    const [code] = await detector.detect(picture).catch(() => []);
    if (code) return code.rawValue;
  }
  const scale = Math.min(1, size / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(width * scale),
    height: Math.round(height * scale),
  });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(pixels.data, canvas.width, canvas.height)?.data ?? null;
}
