import type { Desk } from '../../../domain/desk';
import { QUEUE_STEPS, type QueueStep } from '../../../domain/queue/entry';
import { name as nameField } from '../../../fields/schemas';
import type { Reader } from '../../../presentation/texts';
import { type Fields, type FormError, reasonError } from '../forms';

/** What somebody without an appointment wants, as the form has it. */
interface WantedWalkIn {
  readonly topicId: string;
  readonly language: string;
  readonly name: string | null;
  readonly urgent: string | null;
}

/** Returns what the form describes, or what is wrong with it. */
export function readWalkIn(
  fields: Fields,
  reader: Reader,
): { readonly walkIn: WantedWalkIn } | { readonly errors: readonly FormError[] } {
  const { t } = reader;
  const { topic = '', language = '', name = '', urgent = '' } = fields;
  const wrongReason = reasonError(urgent, reader);
  const errors: FormError[] = [
    ...(topic ? [] : [{ href: '#topic', text: t('staff.newBooking.wrong.topic') }]),
    ...(language ? [] : [{ href: '#language', text: t('staff.newBooking.wrong.language') }]),
    ...(!name || nameField.safeParse(name).success ? [] : [{ href: '#name', text: t('staff.newBooking.wrong.name') }]),
    ...(wrongReason ? [{ href: '#urgent', text: wrongReason }] : []),
  ];
  if (errors.length > 0) return { errors };
  return { walkIn: { topicId: topic, language, name: name || null, urgent: urgent || null } };
}

/** Returns what the desk refuses, beside the field. */
export function refusedWalkIn(details: { readonly errors?: unknown }, { t }: Reader): readonly FormError[] {
  const errors = (details.errors ?? []) as readonly { readonly pointer: string }[];
  return errors.map(({ pointer }) =>
    pointer === '/topic'
      ? { href: '#topic', text: t('staff.newBooking.wrong.topic') }
      : { href: '#language', text: t('staff.queue.add.notSpoken') },
  );
}

/** Returns the step of a pressed button; undefined for anything else. */
export function readStep({ step }: Fields): QueueStep | undefined {
  return QUEUE_STEPS.find((each) => each === step);
}

/** Returns the advisor for whom the next person is called; undefined if the desk does not know them. */
export function readAdvisor({ advisors }: Desk, { advisor }: Fields): string | undefined {
  return advisors.find(({ id, retired }) => id === advisor && !retired)?.id;
}
