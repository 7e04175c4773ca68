// The framework wants a browser entry. No public page loads it: they send no script.
export {};
