import { z } from 'zod';
import type { Correction } from '../../../../domain/booking/details';
import { questionsFor, readAnswers, type WrongAnswer } from '../../../../domain/booking/questions';
import { lacksAddress } from '../../../../domain/booking/reachable';
import { isVisit, MODES, type Mode, type Topic } from '../../../../domain/desk';
import { DETAILS, optionalEmail, readForm } from '../../../pages/detailsSchema';
import { answerField, typedAnswers } from '../../../pages/questionFields';
import { supportField, tickedSupport } from '../../../pages/supportFields';
import type { ManagedBooking } from '../managedBooking';

const { phone, attendees, note } = DETAILS;
const Form = z.object({ email: optionalEmail, phone, attendees, note });

/** What was typed, by the names of the fields. */
export type Typed = Readonly<Record<string, string>>;

/** Returns what stands in the form at first: the booking as it is. */
export function typedOf({ booking }: ManagedBooking): Typed {
  const { client, answers, support } = booking;
  return {
    email: client.email ?? '',
    phone: client.phone ?? '',
    attendees: String(booking.attendees),
    note: booking.note ?? '',
    mode: booking.mode,
    ...Object.fromEntries(support.map((need) => [supportField(need), 'true'])),
    ...Object.fromEntries(Object.entries(answers).map(([id, answer]) => [answerField(id), answerText(answer)])),
  };
}

function answerText(answer: string | boolean): string {
  return typeof answer === 'string' ? answer : answer ? 'yes' : 'no';
}

/** Reads what was sent; a field that was not sent is empty. */
export function typedIn(body: unknown): Typed {
  const sent = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(sent.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()]] : [])));
}

/** Returns the mode that was chosen, or the booking's. */
export function modeIn(typed: Typed, { booking }: Pick<ManagedBooking, 'booking'>): Mode {
  return MODES.find((mode) => mode === typed.mode) ?? booking.mode;
}

interface WrongFields {
  readonly wrong: readonly string[];
  readonly wrongAnswers: readonly WrongAnswer[];
}

/** Returns the correction that the form asks for, or its wrong fields in the order of the page. */
export function readCorrection(
  typed: Typed,
  managed: ManagedBooking,
  topic: Topic,
): { readonly correction: Correction & { readonly mode: Mode } } | WrongFields {
  const mode = modeIn(typed, managed);
  const needed = lacksAddress(typed, managed.desk) ? (['email'] as const) : [];
  const read = readForm(Form, typed, { mode, needed });
  const questions = questionsFor(topic, 'client');
  const { answers, wrong: wrongAnswers } = readAnswers(questions, typedAnswers(questions, typed), { complete: true });
  if ('wrong' in read || wrongAnswers.length > 0) return { wrong: 'wrong' in read ? read.wrong : [], wrongAnswers };
  const { data } = read;
  return {
    correction: {
      client: { email: data.email, phone: data.phone },
      ...(isVisit(mode) && { attendees: data.attendees }),
      note: data.note || null,
      answers,
      support: tickedSupport(mode, typed),
      mode,
    },
  };
}
