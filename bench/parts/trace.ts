import type { Part } from "../part.ts";

export const trace: Part = async () => [];
