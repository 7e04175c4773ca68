import type { Part } from "../part.ts";

export const pages: Part = async () => [];
