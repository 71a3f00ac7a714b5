import type { Reader } from '../../../../presentation/texts';
import { type Fields, reasonError } from '../../forms';

/** Returns the reason of a cancellation, which has to be given, or what is wrong with it. */
export function readCancellation(fields: Fields, reader: Reader): { reason: string } | { wrong: string } {
  const { reason = '' } = fields;
  const wrong = reason === '' ? reader.t('staff.reason.missing') : reasonError(reason, reader);
  return wrong === undefined ? { reason } : { wrong };
}
