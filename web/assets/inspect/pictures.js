// Photos: made smaller on the phone, named by their SHA-256, kept whole until the server answers with the same hash.
import { newId, put } from "./store.js";
import { WAITING } from "./entries.js";

const LONGEST_SIDE = 1600; // pixels: a label can be read, and a visit of 300 photos can be sent from a basement
const THUMB_SIDE = 240;
const QUALITY = 0.82;

export class NoPicture extends Error {}

async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new NoPicture();
  }
}

function drawn(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // a PNG may be seen through, a JPEG may not
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const asJpeg = (canvas) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));

export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Keep one photo of a point ('' for the place as a whole); `position` is {latitude, longitude, accuracy} or null.
export async function keepPhoto(where, point, file, position) {
  const bitmap = await decoded(file);
  const blob = await asJpeg(drawn(bitmap, LONGEST_SIDE));
  const bytes = await blob.arrayBuffer(); // Safari loses blobs in IndexedDB, never buffers
  const thumb = drawn(bitmap, THUMB_SIDE).toDataURL("image/jpeg", 0.7);
  bitmap.close();
  const now = Date.now();
  const photo = {
    ...where, id: newId(), point, bytes, thumb, position,
    size: bytes.byteLength,
    sha256: await sha256(bytes),
    name: `${file.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`,
    taken_at: new Date(Math.min(file.lastModified || now, now)).toISOString(),
    state: WAITING,
  };
  await put("photos", photo);
  return photo;
}

// Where the phone is, asked only after the person agreed on the page; null when it does not say in time.
export function whereNow() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    const found = ({ coords }) =>
      resolve({ latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy });
    navigator.geolocation.getCurrentPosition(found, () => resolve(null), {
      enableHighAccuracy: true, timeout: 8000, maximumAge: 60000,
    });
  });
}
