import { phraseLines, phrasesOf } from '../../../src/domain/booking/phrases';

const SEND = { id: 'send', text: { de: 'Schicken Sie uns Ihre Zeugnisse.', en: 'Send us your certificates.' } };
const CALL = { id: 'call', text: { de: 'Rufen Sie dort an.', en: 'Call them.', uk: 'Зателефонуйте туди.' } };
const newId = (_german: string, taken: readonly { readonly id: string }[]) => `new-${taken.length}`;

describe('The phrases of a topic', () => {
  it('are lines of a text, and read from it they are the same', () => {
    const lines = phraseLines([SEND, CALL]);
    expect(lines?.uk).toBe('-\nЗателефонуйте туди.');
    expect(phrasesOf(lines ?? {}, [SEND, CALL], newId)).toEqual({ phrases: [SEND, CALL] });
    expect(phraseLines([])).toBeNull();
    expect(phrasesOf({}, [SEND], newId)).toEqual({ phrases: [] });
  });

  it('keep their ids wherever they stand, and a new one gets its own', () => {
    const lines = { de: `Neu.\n\n ${CALL.text.de} \n${SEND.text.de}`, en: 'New.\nCall.\nSend.' };
    const read = phrasesOf(lines, [SEND, CALL], newId);
    expect('phrases' in read && read.phrases.map(({ id, text }) => [id, text.en])).toEqual([
      ['new-2', 'New.'],
      ['call', 'Call.'],
      ['send', 'Send.'],
    ]);
  });

  it('never share an id, even if two read the same in German', () => {
    const read = phrasesOf({ de: `${SEND.text.de}\n${SEND.text.de}`, en: 'One.\nTwo.' }, [SEND], newId);
    expect('phrases' in read && read.phrases.map(({ id }) => id)).toEqual(['send', 'new-2']);
  });

  it('are refused in a language that has another number of lines than German', () => {
    expect(phrasesOf({ de: 'Eins.\nZwei.', en: 'One.\nTwo.', fr: 'Un.' }, [], newId)).toEqual({ uneven: ['fr'] });
  });
});
