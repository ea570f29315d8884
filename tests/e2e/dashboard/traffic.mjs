// Everything a browser was sent while somebody looked around, to search for what is not theirs.

/** Begins to keep what `context` gets; call before its first page asks anything. */
export function recordTraffic(context) {
  const bodies = [];
  context.on("response", (response) => {
    bodies.push(response.text().catch(() => "").then((text) => ({ url: response.url(), text })));
  });
  return {
    /** How many answers of the API came. */
    async answers() {
      return (await Promise.all(bodies)).filter(({ url }) => url.includes("/v1/")).length;
    },
    /** The addresses of answers of the API in which one of `words` stands. */
    async withAny(words) {
      return (await Promise.all(bodies)).filter(({ url, text }) => url.includes("/v1/")
        && words.some((word) => text.includes(word))).map(({ url }) => url);
    },
  };
}
