import type { FileStorage } from "@remix-run/file-storage";

import type { FileStore, StoredBlob } from "#app/domain/files/ports.ts";

import type { Environment } from "../environment.ts";

/** Names asked for at once when listing. */
const PAGE = 1000;

/** The file store that the environment names: a bucket when there is one, else a folder. */
export function fileStore(environment: Environment): FileStore {
  const { FILES_S3_BUCKET: bucket } = environment;
  if (bucket === undefined) return folderStore(filesFolder(environment));
  return bucketStore({
    bucket,
    region: environment.FILES_S3_REGION,
    accessKeyId: environment.FILES_S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: environment.FILES_S3_SECRET_ACCESS_KEY ?? "",
    ...(environment.FILES_S3_ENDPOINT === undefined
      ? {}
      : { endpoint: environment.FILES_S3_ENDPOINT }),
  });
}

/** Folder of the files: as told, else in that of the embedded database, so that a copy of one takes the other along. */
export function filesFolder(environment: Environment): string {
  const { FILES_DIRECTORY: told, DATABASE_URL: server, EMBEDDED_DIRECTORY: embedded } = environment;
  return told ?? (server === undefined ? `${embedded}/files` : ".data/files");
}

/** Files in a folder of this machine, made when the first file comes. */
export function folderStore(directory: string): FileStore {
  const storage = once(async () => {
    const { createFsFileStorage } = await import("@remix-run/file-storage/fs");
    return createFsFileStorage(directory);
  });
  const store = overStorage(storage);
  return {
    ...store,
    async put(name, bytes, type) {
      try {
        await store.put(name, bytes, type);
      } catch (error) {
        // Another removed the last file of the same sub-folder, and the folder with it, at this moment.
        if ((error as { code?: string }).code !== "ENOENT") throw error;
        await store.put(name, bytes, type);
      }
    },
  };
}

/** Where a bucket is and who we are to it. */
export interface BucketOptions {
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Address of a store that speaks S3; Amazon's own when there is none. */
  readonly endpoint?: string;
}

/** Files in a bucket of a store that speaks S3. */
export function bucketStore(options: BucketOptions): FileStore {
  return overStorage(
    once(async () => {
      const { createS3FileStorage } = await import("@remix-run/file-storage-s3");
      return createS3FileStorage(options);
    }),
  );
}

/** Both packages have one interface, and so they have one way to our port. */
function overStorage(open: () => Promise<FileStorage>): FileStore {
  return {
    async put(name, bytes, type) {
      // A copy of its own: what is sent must not change under the sender.
      const file = new File([new Uint8Array(bytes)], name, { type, lastModified: 0 });
      await (await open()).set(name, file);
    },
    async get(name): Promise<StoredBlob | undefined> {
      const file = await (await open()).get(name);
      if (!file) return undefined;
      return {
        size: file.size,
        stream: () => file.stream(),
        bytes: async () => new Uint8Array(await file.arrayBuffer()),
      };
    },
    async remove(name) {
      await (await open()).remove(name);
    },
    async *names() {
      const storage = await open();
      let cursor: string | undefined;
      do {
        const page = await storage.list({
          limit: PAGE,
          ...(cursor === undefined ? {} : { cursor }),
        });
        for (const { key } of page.files) yield key;
        ({ cursor } = page);
      } while (cursor !== undefined);
    },
  };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
