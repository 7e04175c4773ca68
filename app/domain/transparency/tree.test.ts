import { expect, test } from "vitest";

import { hashAll, sha256Hex } from "#app/adapters/sha256.ts";
import { leafHash, leafRow, rootOver } from "./tree.ts";

/** Root over entries, by the code the platform uses. */
function rootOf(entries: readonly Uint8Array[]): Buffer {
  return Buffer.from(
    rootOver(
      hashAll,
      leafRow(hashAll, entries.length, (place) => entries[place]!),
    ),
  );
}

/** The definition of RFC 6962, section 2.1, word for word: recursive, and slow. */
function rootByDefinition(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return Buffer.from(sha256Hex(new Uint8Array(0)), "hex");
  if (entries.length === 1) {
    return Buffer.from(sha256Hex(Buffer.concat([Buffer.from([0]), entries[0]!])), "hex");
  }
  let split = 1;
  while (split * 2 < entries.length) split *= 2;
  const left = rootByDefinition(entries.slice(0, split));
  const right = rootByDefinition(entries.slice(split));
  return Buffer.from(sha256Hex(Buffer.concat([Buffer.from([1]), left, right])), "hex");
}

const CT_LEAVES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => Buffer.from(hex, "hex"));

test.each([
  [0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
  [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
  [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
  [4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
  [5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
  [6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
  [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
  [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
])("Certificate Transparency test leaves: root of the first %i", (count, root) => {
  expect(rootOf(CT_LEAVES.slice(0, count)).toString("hex")).toBe(root);
});

test.each([
  [1, "2zQm6HgGjSjSabbIcXIyLOU3K2V1bQeJAB00g19gHAM="],
  [2, "ywCYnZSlacCmeK4EK2Pc1GJduWRAUX83put5duok7Us="],
  [3, "cl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc="],
  [255, "Mvhbyqh9e80Fco8J6a66NQumovczgwCH8Fl2goSL5cs="],
  [256, "goUV0DPBnYyQHzfsy4rtkZZncDSG+NL/8c9wQDIcXbE="],
  [257, "HtoEmkNR2G92JSvX7At3Rq11t/oDFq1fVB29pFijEsQ="],
  [1000, "Y4r6mAIpJbrP3a2xXvIv0BmcGsmcKXO2FYJD0T/OBcI="],
  [65536, "8CXQbtgEhZ/SdKG9rK3W5I6odjSqkeHtsgFD+UmM0Cs="],
  [70000, "Gkzfy2Y3SgwNy+9JrL1JdtE+6GT7PLJB/JQ8rQTwL34="],
])("entries that are their own number: root of %i", (count, root) => {
  const entries = Array.from({ length: count }, (_, i) => Buffer.from(String(i)));
  expect(rootOf(entries).toString("base64")).toBe(root);
});

test("every size up to 70 is the recursive definition of RFC 6962", () => {
  const entries = Array.from({ length: 70 }, (_, i) => Buffer.alloc((i * 37) % 1500, i));
  for (let count = 0; count <= entries.length; count++) {
    const some = entries.slice(0, count);
    expect(rootOf(some).toString("hex")).toBe(rootByDefinition(some).toString("hex"));
  }
});

test("one leaf hash is the leaf in the row, also for an entry of the largest size", () => {
  const entries = [new Uint8Array(0), Buffer.alloc(65_535, 7), Buffer.from("abc")];
  const row = leafRow(hashAll, entries.length, (place) => entries[place]!);
  expect(entries.map((entry) => leafHash(sha256Hex, entry))).toEqual(
    entries.map((_, i) => Buffer.from(row.subarray(32 * i, 32 * i + 32)).toString("hex")),
  );
});
