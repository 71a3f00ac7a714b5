import type { TopicEntry } from '../../app/ports/deskStore';
import type { Question } from '../../domain/booking/questions';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { partnersOf } from '../../domain/partner';
import type { HttpDeps } from '../deps';
import { Elsewhere, type Guard } from '../wiring';
import { deskToKeep } from './desk';

/** A topic that a page is about, with its desk. */
export interface TopicAtDesk {
  readonly desk: Desk;
  /** Undefined: a new one. */
  readonly entry: TopicEntry | undefined;
}

/** A question that a page is about, with its topic. */
export interface QuestionAtDesk {
  readonly desk: Desk;
  readonly topic: TopicEntry;
  /** Undefined: a new one. */
  readonly question: Question | undefined;
}

/** The guard of a topic's page. @throws DomainError `not-found`, `forbidden` */
export function topicToKeep(deps: Pick<HttpDeps, 'storage'>): Guard<TopicAtDesk> {
  const enter = deskToKeep(deps, 'topics');
  return async (req, res) => {
    const desk = await enter(req, res);
    if (desk instanceof Elsewhere) return desk;
    if (req.params.id === undefined) return { desk, entry: undefined };
    const entry = await topicAt(deps, desk, String(req.params.id));
    if (!entry) throw new DomainError('not-found');
    return { desk, entry };
  };
}

/** Reads a topic with the partners that can be chosen; of the others the use case takes care. */
export async function topicAt(
  { storage }: Pick<HttpDeps, 'storage'>,
  desk: Desk,
  id: string,
): Promise<TopicEntry | undefined> {
  const entry = (await storage.desks.topics(desk.id)).find(({ part }) => part.id === id);
  if (!entry) return undefined;
  const partners = partnersOf(desk, entry.part).map((partner) => partner.id);
  return { ...entry, part: { ...entry.part, partners } };
}

/** The guard of a question's page. @throws DomainError `not-found`, `forbidden` */
export function questionToKeep(deps: Pick<HttpDeps, 'storage'>): Guard<QuestionAtDesk> {
  const enter = topicToKeep(deps);
  return async (req, res) => {
    const entered = await enter(req, res);
    if (entered instanceof Elsewhere) return entered;
    const { desk, entry: topic } = entered;
    if (!topic) throw new DomainError('not-found');
    if (req.params.question === undefined) return { desk, topic, question: undefined };
    const question = topic.part.questions.find(({ id }) => id === req.params.question);
    if (!question) throw new DomainError('not-found');
    return { desk, topic, question };
  };
}
