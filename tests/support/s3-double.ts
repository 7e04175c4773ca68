import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A store that speaks as much S3 as our adapter uses, and checks every signature by AWS Signature Version 4. */
export interface S3Double {
  readonly endpoint: string;
  readonly objects: ReadonlyMap<string, { readonly bytes: Buffer; readonly type: string }>;
  /** Requests refused for their signature. */
  refused(): number;
  stop(): Promise<void>;
}

interface Keys {
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Start it on a free port of this machine. */
export async function s3Double(keys: Keys, pageSize = 2): Promise<S3Double> {
  const objects = new Map<string, { bytes: Buffer; type: string }>();
  let refused = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const bytes = Buffer.concat(parts);
    const url = new URL(request.url ?? "/", "http://store");
    if (!isSigned(request, url, bytes, keys)) {
      refused += 1;
      const text = "<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>";
      return void response.writeHead(403).end(text);
    }
    const [, bucket, ...rest] = url.pathname.split("/");
    const key = rest.map(decodeURIComponent).join("/");
    if (bucket !== keys.bucket) return void response.writeHead(404).end();
    if (key === "") return list(url, response);
    const object = objects.get(key);
    if (request.method === "PUT") {
      objects.set(key, { bytes, type: request.headers["content-type"] ?? "" });
      return void response.writeHead(200).end();
    }
    if (request.method === "DELETE") {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    if (!object) return void response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    response.writeHead(200, { "content-type": object.type, "content-length": object.bytes.length });
    response.end(request.method === "HEAD" ? undefined : object.bytes);
  }

  function list(url: URL, response: ServerResponse): void {
    const after = url.searchParams.get("continuation-token") ?? "";
    const most = Math.min(pageSize, Number(url.searchParams.get("max-keys") ?? pageSize));
    const names = [...objects.keys()].toSorted().filter((name) => name > after);
    const page = names.slice(0, most);
    const more = names.length > page.length;
    const contents = page.map(
      (name) => `<Contents><Key>${encodeURIComponent(name)}</Key></Contents>`,
    );
    const token = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
    response.writeHead(200, { "content-type": "application/xml" });
    response.end(
      `<ListBucketResult><IsTruncated>${more}</IsTruncated>${contents.join("")}${token}</ListBucketResult>`,
    );
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    refused: () => refused,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The signature made anew from the request and compared. */
function isSigned(request: IncomingMessage, url: URL, body: Buffer, keys: Keys): boolean {
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    );
  if (!given) return false;
  const [, id, day = "", region, names = "", signature] = given;
  if (id !== keys.accessKeyId || region !== keys.region) return false;
  const sent = String(request.headers["x-amz-content-sha256"]);
  const actual = createHash("sha256").update(body).digest("hex");
  if (sent !== actual && sent !== "UNSIGNED-PAYLOAD") return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join("&");
  const headers = names
    .split(";")
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, query, headers.join(""), names, sent].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = [
    "AWS4-HMAC-SHA256",
    request.headers["x-amz-date"],
    scope,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  let key: string | Buffer = `AWS4${keys.secretAccessKey}`;
  for (const part of [day, keys.region, "s3", "aws4_request"]) {
    key = createHmac("sha256", key).update(part).digest();
  }
  return createHmac("sha256", key).update(toSign).digest("hex") === signature;
}
