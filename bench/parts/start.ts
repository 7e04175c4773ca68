import type { Part } from "../part.ts";

export const start: Part = async () => [];
