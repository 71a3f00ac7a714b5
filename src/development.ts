import type { Passwords } from './app/ports/passwords';
import type { Program } from './compose';
import type { Config } from './config';
import { fillDesks } from './demo/demo';
import { prepareDevelopment } from './demo/prepare';
import { shippedDesks } from './desks/shippedDesks';
import { demoCanBeOpen } from './http/fromHere';
import { randomIds } from './identity/ids';

/** What a start in development does besides. */
interface Development {
  /** The lines that are printed at the start. */
  readonly greeting: readonly string[];
  /** The ids of the desks that are to be filled with bookings; none: they have some already. */
  readonly unfilled: readonly string[];
  /** Fills these desks. @returns the number of bookings that were made */
  readonly fill: () => Promise<number>;
}

/** Makes the demo accounts in a database that is not in use yet. */
export async function startDevelopment(
  { deps, stopping }: Pick<Program, 'deps' | 'stopping'>,
  { config, passwords }: { readonly config: Config; readonly passwords: Passwords },
): Promise<Development> {
  const shipped = shippedDesks(randomIds).map(({ id }) => id);
  const accountsOpen = demoCanBeOpen(config);
  const { greeting, isUnfilled } = await prepareDevelopment({
    ...deps,
    passwords,
    production: config.production,
    accountsOpen,
    shipped,
  });
  return {
    greeting: [`Sprechstunde is at ${config.baseUrl}`, ...greeting],
    unfilled: isUnfilled ? shipped : [],
    fill: () => fillDesks({ ...deps, shipped, stopping: stopping.signal }),
  };
}
