/** Exit codes of the command. */
export const EXIT = { done: 0, no: 1, misuse: 2, fault: 3, interrupted: 130 } as const
