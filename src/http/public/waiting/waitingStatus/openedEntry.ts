import type { Request, Response } from 'express';
import { deskOf } from '../../../../app/desks/deskOf';
import { behindWaitToken } from '../../../../app/waiting/behindWaitToken';
import type { Desk } from '../../../../domain/desk';
import type { WaitingEntry } from '../../../../domain/waiting/entry';
import { clientLocaleFor } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { speak, wasAsked } from '../../../middleware/locale';

type Deps = Pick<HttpDeps, 'storage' | 'tokens'>;

/** An entry of the waiting list that a link opens. */
export interface OpenedEntry {
  readonly entry: WaitingEntry;
  readonly desk: Desk;
  readonly token: string;
}

/** Finds the entry of a link. */
export async function openedEntry(deps: Deps, req: Request): Promise<OpenedEntry | undefined> {
  const token = String(req.params.waitToken);
  const entry = await behindWaitToken(deps, token);
  return entry && { entry, token, desk: await deskOf(deps.storage, entry.deskId) };
}

/** Makes the page speak the language of its client, unless the reader has chosen another. */
export function speakToWaiter({ texts }: Pick<HttpDeps, 'texts'>) {
  return ({ entry }: OpenedEntry, req: Request, res: Response): void => {
    if (!wasAsked(req)) speak(res, texts, req.originalUrl, clientLocaleFor(entry.client.language));
  };
}
