/** Characters that look like a space, or like nothing, for a class of a regular expression. */
export const spaceLookalikes = "\\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u3000";
