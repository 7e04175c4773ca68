// The framework wants a browser entry, and without this one it brings react-dom's client along. No page loads it: the build's
// last step (bin/compress.ts) takes every script out.
export {};
