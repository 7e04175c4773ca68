import type { Openings } from "../acts/paper.ts";
import type { Seconds } from "../kernel/calendar.ts";
import type { Result } from "../kernel/result.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { People } from "../people/ports.ts";
import type { Box } from "./boxes.ts";
import type {
  FileHistory,
  FilePicture,
  FileStep,
  OfficeFile,
  PublishedPicture,
  StagedFile,
} from "./office-file.ts";

/** Bytes in the file store. */
export interface StoredBlob {
  readonly size: number;
  /** The bytes as they come; an error of the stream is an error of the store. */
  stream(): ReadableStream<Uint8Array>;
  bytes(): Promise<Uint8Array>;
}

/** Private bytes by name: a folder, or a bucket. Nobody but this application reads it. */
export interface FileStore {
  /** Keep bytes under a name; what was there before is replaced. */
  put(name: string, bytes: Uint8Array, type: string): Promise<void>;
  get(name: string): Promise<StoredBlob | undefined>;
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>;
  /** All names, in no order. */
  names(): AsyncIterable<string>;
}

/** A picture drawn anew as WebP: sRGB, upright, without anything about where or with what it was taken. */
export interface MadePicture {
  readonly large: { readonly bytes: Uint8Array; readonly width: number; readonly height: number };
  readonly small: { readonly bytes: Uint8Array; readonly width: number; readonly height: number };
}

export type PictureProblem = {
  code:
    | "file.truncated"
    | "file.damaged"
    | "file.too-many-pixels"
    /** Drawing it was given up after its time. */
    | "file.too-slow"
    /** Too many pictures wait already, of this person or of all. */
    | "file.busy";
};

/** Drawing pictures. Runs a few at a time, however many ask; persons take turns. */
export interface PictureMaker {
  /** Decode the whole picture and throw it away: a truncated one is found out here. */
  check(original: Uint8Array, person: string): Promise<Result<void, PictureProblem>>;
  /** Draw it with the boxes covered: 2000 and 640 pixels at the longer side at most. */
  make(
    original: Uint8Array,
    boxes: readonly Box[],
    person: string,
  ): Promise<Result<MadePicture, PictureProblem>>;
}

/** Bytes packed by zlib (RFC 1950), unpacked to `most` bytes at most; undefined when they are more, or damaged. */
export type Unpack = (packed: Uint8Array, most: number) => Uint8Array | undefined;

/** Files of forms that are not finished: a mutable table. */
export interface StagedFiles {
  add(files: readonly StagedFile[]): Promise<void>;
  /** Files of one form of one person, oldest first. */
  of(form: string, person: string): Promise<StagedFile[]>;
  /** Forget them; their bytes are the caller's to remove. */
  remove(ids: readonly string[]): Promise<void>;
  /** Everything staged before a moment. */
  before(moment: Seconds): Promise<StagedFile[]>;
}

/** What is written about files inside an act's transaction. */
export interface FileRegister {
  add(file: OfficeFile, step: FileStep, picture: FilePicture | null): Promise<void>;
  /** Add a step, and a picture where the step made one; false when another came first with this number. */
  step(file: string, step: FileStep, picture: FilePicture | null): Promise<boolean>;
  history(file: string): Promise<FileHistory | undefined>;
  /** Files by id, in the order asked; unknown ones are left out. */
  files(ids: readonly string[]): Promise<OfficeFile[]>;
  /** Salt of a digest, 64 hex signs; undefined when there is none or it was erased. */
  salt(digest: string): Promise<string | undefined>;
  unstage(ids: readonly string[]): Promise<void>;
}

/** Looking at files outside a transaction. */
export interface FileReading {
  history(file: string): Promise<FileHistory | undefined>;
  files(ids: readonly string[]): Promise<OfficeFile[]>;
  /** Files that belong to a subject, newest first. */
  of(kind: string, id: string): Promise<OfficeFile[]>;
  /** What anybody may see of a file now; undefined when nothing is published. */
  published(file: string): Promise<PublishedPicture | undefined>;
  /** Public pictures tied to something, oldest first. */
  publishedFor(kind: string, ids: readonly string[]): Promise<PublishedPicture[]>;
  /** Whether the file was public once, so that its address answers "gone". */
  wasPublished(file: string): Promise<boolean>;
  /** Salt of a digest, 64 hex signs; undefined when there is none or it was erased. */
  salt(digest: string): Promise<string | undefined>;
  byDigest(digest: string): Promise<OfficeFile | undefined>;
  /** Which of these names no row speaks of. */
  unknownBlobs(names: readonly string[]): Promise<string[]>;
  /** Names of bytes that rows speak of. */
  blobs(): Promise<string[]>;
}

/** Everything about files outside a transaction: `services.files`. */
export interface FileServices {
  readonly store: FileStore;
  readonly pictures: PictureMaker;
  readonly unpack: Unpack;
  readonly staged: StagedFiles;
  readonly reading: FileReading;
}

/** What the verbs about files need inside a transaction. */
export interface FileStores {
  readonly files: FileRegister;
  readonly openings: Openings;
  readonly people: Pick<People, "grantsOf">;
  readonly audit: AuditTrail;
}
