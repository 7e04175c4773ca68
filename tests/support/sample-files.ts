import { crc32, deflateSync } from "node:zlib";

/**
 * A JPEG by its structure: markers, a frame of that size with the sampling factors of each component, a scan of the first
 * `scan` components, an end. What it shows is nothing.
 */
export function jpegBytes(
  width: number,
  height: number,
  { factors = [0x11], progressive = false, scan: scanned = 1 } = {},
): Uint8Array {
  const components = factors.flatMap((factor, n) => [n + 1, factor, 0]);
  const size = [8, height >> 8, height & 255, width >> 8, width & 255];
  const frame = [...size, factors.length, ...components];
  const head = [
    0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
  ];
  const selected = Array.from({ length: scanned }, (_, n) => [n + 1, 0]).flat();
  const scanHead = [0xff, 0xda, 0, 6 + selected.length, scanned, ...selected, 0, 63, 0];
  const scan = [...scanHead, 1, 2, 3, 0xff, 0xd9];
  return Uint8Array.from([
    ...head,
    0xff,
    progressive ? 0xc2 : 0xc0,
    0,
    frame.length + 2,
    ...frame,
    ...scan,
  ]);
}

/** A PNG that says it is of this size, depth and colour type; its pixels are those of a small one. */
export function pngBytes(
  width: number,
  height: number,
  { depth = 8, colour = 2, interlaced = false } = {},
): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const rows = Buffer.alloc((Math.min(width, 50) * 3 + 1) * Math.min(height, 50));
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
      chunk("IHDR", head),
      chunk("IDAT", deflateSync(rows)),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

/** A WebP's head of that size (lossy, extended form). */
export function webpBytes(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(40);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(32, 4);
  bytes.write("WEBPVP8X", 8);
  bytes.writeUInt32LE(10, 16);
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  return Uint8Array.from(bytes);
}

/** A PDF of one empty page; `more` goes into its catalogue. */
export function pdfBytes(more = ""): Uint8Array {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${more} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
  ];
  let text = "%PDF-1.7\n";
  const places = objects.map((object, n) => {
    const place = text.length;
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const lines = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 4\n0000000000 65535 f \n${lines}trailer\n<< /Size 4 /Root 1 0 R >>\n`;
  return new TextEncoder().encode(`${text}${table}startxref\n${text.length}\n%%EOF\n`);
}

/** A zip of empty files under these names; the directory says that each unpacks to `unpacked` bytes. */
export function zipBytes(names: readonly string[], unpacked = 0): Uint8Array {
  const files: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const file = Buffer.alloc(30 + name.length);
    file.writeUInt32LE(0x04034b50, 0);
    file.writeUInt16LE(name.length, 26);
    file.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(unpacked, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    entry.write(name, 46);
    files.push(file);
    entries.push(entry);
    at += file.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Uint8Array.from(Buffer.concat([...files, directory, end]));
}

/** Words that stand in the metadata of `phonePhoto` and in no picture. */
export const PHONE_WORDS = [
  "Exif",
  "KetNghiaPhone",
  "xmp-secret",
  "iptc-secret",
  "comment-secret",
  "GPS",
];

/** A real JPEG as a phone makes it: position, device, XMP, IPTC, a comment, and turned by 90 degrees in EXIF only. */
export async function phonePhoto(width = 120, height = 80, quality = 90): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const pixels = Buffer.alloc(width * height * 3);
  for (let n = 0; n < pixels.length; n += 1) pixels[n] = (n * 31 + Math.floor(n / 977) * 7) % 256;
  const plain = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  const parts = [
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exif()])),
    segment(0xe1, Buffer.from("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>xmp-secret</x:xmpmeta>")),
    segment(
      0xed,
      Buffer.from(
        "Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x78\0\x0biptc-secret",
        "latin1",
      ),
    ),
    segment(0xfe, Buffer.from("comment-secret")),
  ];
  return Uint8Array.from(Buffer.concat([plain.subarray(0, 2), ...parts, plain.subarray(2)]));
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** TIFF, big endian: IFD0 with Make, Orientation 6 and a pointer to the GPS directory with 11°56'29" N, 108°26'31" E. */
function exif(): Buffer {
  const make = Buffer.from("KetNghiaPhone\0");
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    if (type === 3) bytes.writeUInt16BE(value, 8);
    else bytes.writeUInt32BE(value, 8);
    return bytes;
  };
  const directory = (entries: Buffer[]) => {
    const count = Buffer.alloc(2);
    count.writeUInt16BE(entries.length, 0);
    return Buffer.concat([count, ...entries, Buffer.alloc(4)]);
  };
  const rationals = (values: readonly number[]) => {
    const bytes = Buffer.alloc(values.length * 8);
    values.forEach((value, n) => {
      bytes.writeUInt32BE(value, n * 8);
      bytes.writeUInt32BE(1, n * 8 + 4);
    });
    return bytes;
  };
  const makeAt = 8 + 2 + 3 * 12 + 4;
  const gpsAt = makeAt + make.length;
  const latitudeAt = gpsAt + 2 + 4 * 12 + 4;
  const head = Buffer.from("MM\0*\0\0\0\x08", "latin1");
  return Buffer.concat([
    head,
    directory([
      entry(0x010f, 2, make.length, makeAt),
      entry(0x0112, 3, 1, 6),
      entry(0x8825, 4, 1, gpsAt),
    ]),
    make,
    directory([
      entry(0x0001, 2, 2, 0x4e000000),
      entry(0x0002, 5, 3, latitudeAt),
      entry(0x0003, 2, 2, 0x45000000),
      entry(0x0004, 5, 3, latitudeAt + 24),
    ]),
    rationals([11, 56, 29]),
    rationals([108, 26, 31]),
  ]);
}
