import {
  isPossible,
  QUEUE_STATES,
  QUEUE_STEPS,
  type QueueEntry,
  type QueueStep,
  shownState,
  step,
} from '../../../src/domain/queue/entry';
import { aQueueEntry, NOW } from '../../support/builders';
import { refusal } from '../../support/refusal';

const having = (entry: QueueEntry, ...steps: QueueStep[]) =>
  steps.reduce((each, what, i) => step(each, what, what === 'call' ? 'a1' : null, NOW + i + 1), entry);

describe('Somebody who waits', () => {
  it('is called, seen and done, each with its time', () => {
    expect(having(aQueueEntry(), 'call', 'start', 'finish')).toEqual(
      aQueueEntry({
        ...{ state: 'done', advisorId: 'a1', calledAt: NOW + 1, startedAt: NOW + 2, endedAt: NOW + 3, version: 4 },
      }),
    );
  });

  it('waits behind the others after a call that they missed, and is parked after the second', () => {
    const once = having(aQueueEntry(), 'call', 'miss');
    expect(once).toMatchObject({ state: 'waiting', misses: 1, turnAt: NOW + 2 });
    const twice = having(once, 'call', 'miss');
    expect(twice).toMatchObject({ state: 'parked', misses: 2 });
    expect(shownState(twice)).toBe('waiting');
    expect(having(twice, 'call')).toMatchObject({ state: 'called', misses: 2 });
  });

  it.each([
    [['call'], 'waiting'],
    [['call', 'start'], 'called'],
    [['call', 'start', 'finish'], 'started'],
    [['call', 'miss'], 'called'],
    [['call', 'miss', 'call', 'miss'], 'called'],
    [['leave'], 'waiting'],
  ] as const)('gets back after %j to where they were: %s', (steps, state) => {
    const done = having(aQueueEntry(), ...steps);
    expect(isPossible(done, 'undo')).toBe(true);
    expect(having(done, 'undo')).toMatchObject({ state, endedAt: null });
  });

  it('is not changed by a step that was done already', () => {
    for (const steps of [['call'], ['call', 'start'], ['call', 'start', 'finish'], ['leave']] as const) {
      const done = having(aQueueEntry(), ...steps);
      expect(having(done, steps.at(-1) as QueueStep)).toBe(done);
    }
  });

  it('refuses every other step, with the state, and changes nothing', () => {
    expect(() => having(aQueueEntry(), 'finish')).toThrow(refusal('queue-not-changeable'));
    for (const state of QUEUE_STATES)
      for (const what of QUEUE_STEPS) {
        const entry = aQueueEntry({ state });
        const done = () => step(entry, what, null, NOW);
        const isDone = { call: 'called', start: 'started', finish: 'done', leave: 'left' }[what as string] === state;
        if (isPossible(entry, what)) expect(done().version).toBe(2);
        else if (isDone) expect(done()).toBe(entry);
        else expect(done).toThrow(refusal('queue-not-changeable'));
      }
  });
});
