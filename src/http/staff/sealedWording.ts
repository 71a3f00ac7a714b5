import type { HttpDeps } from '../deps';

/**
 * A wording that is tried goes to the frame of its mail in the address, sealed: the frame shows nothing that somebody
 * else has put into a link.
 */
export function sealedWording(
  { sealer }: Pick<HttpDeps, 'sealer'>,
  { desk, key, language }: { readonly desk: string; readonly key: string; readonly language: string },
) {
  const about = `wording ${JSON.stringify([desk, key, language])}`;
  return {
    seal: (wording: string) => sealer.seal(wording, about),
    open: (sealed: string | undefined) => (sealed ? sealer.open(sealed, about) : undefined),
  };
}
