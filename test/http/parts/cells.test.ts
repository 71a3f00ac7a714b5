import { advisorForm } from '../../../src/http/parts/advisorCells';
import { roomForm } from '../../../src/http/parts/roomCells';
import { topicForm } from '../../../src/http/parts/topicCells';
import { anAdvisor, aQuestion, aTopic } from '../../support/builders';

describe('The cells of a part', () => {
  it('say a topic wholly, but for its questions and the languages that no page has', () => {
    const topic = aTopic({
      name: { de: 'Arbeit', en: 'Work', tr: 'İş', pl: 'Praca' },
      questions: [aQuestion(), aQuestion({ id: 'old', retired: true })],
      modes: ['phone', 'in_person'],
      leadTimeOpenMinutes: 60,
      leadTimeWorkingDays: 2,
      horizonDays: 0,
      searchWords: ['Kita', 'Krippe im Haus'],
      forEmployers: true,
    });
    const cells = topicForm.cells(topic);
    expect(cells).toMatchObject({
      'name.tr': 'İş',
      modes: 'phone in_person',
      horizonDays: '0',
      leadTimeOpenMinutes: '60',
      leadTimeWorkingDays: '2',
    });
    expect(topicForm.read('residence', cells, topic)).toEqual({ part: { ...topic, questions: [aQuestion()] } });
  });

  it('leave a description out that only says the name again', () => {
    const topic = aTopic({ description: aTopic().name });
    expect(topicForm.cells(topic)['description.de']).toBeUndefined();
    expect(topicForm.read('residence', topicForm.cells(topic), topic)).toEqual({ part: topic });
  });

  it('say an advisor wholly', () => {
    const advisor = anAdvisor({
      languages: ['uk', 'de', 'zh-Hans'],
      modes: ['phone', 'video'],
      levels: { uk: 'native', de: 'B2' },
      workingRules: [
        { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU', start: '09:00', end: '12:00' },
        { rrule: 'FREQ=MONTHLY;BYDAY=1WE', start: '13:00', end: '24:00', from: '2026-01-01' },
        { rrule: 'FREQ=DAILY', start: '08:00', end: '09:00', from: '2026-01-01', until: '2026-02-01' },
      ],
      door: 'Zimmer 2',
      from: '2026-01-01',
    });
    expect(advisorForm.read('a1', advisorForm.cells(advisor), undefined)).toEqual({ part: advisor });
  });

  it('say reserves and capacities wholly', () => {
    const rooms = {
      reserves: [
        { language: 'uk', topicId: null, urgent: false, startsPerDay: 2, releaseWorkingDays: 3 },
        { language: null, topicId: 'residence', urgent: true, startsPerDay: 1, releaseWorkingDays: 0 },
      ],
      capacities: { phone: 0, in_person: 2 },
    };
    expect(roomForm.read('expat-desk', roomForm.cells(rooms), undefined)).toEqual({ part: rooms });
  });

  it.each([
    [topicForm, { 'name.de': 'Arbeit', durationMinutes: '30', modes: 'phone' }, 'name.en'],
    [topicForm, { 'name.de': 'A', 'name.en': 'B', durationMinutes: 'x', modes: 'phone' }, 'durationMinutes'],
    [topicForm, { 'name.de': 'A', 'name.en': 'B', durationMinutes: '30', modes: 'fax' }, 'modes'],
    [topicForm, { 'name.de': 'A', 'name.en': 'B', 'bring.tr': 'x', durationMinutes: '30', modes: 'phone' }, 'bring.de'],
    [advisorForm, { name: 'A', email: 'a@b.example', languages: 'de:fluent' }, 'languages'],
    [advisorForm, { name: 'A', email: 'a@b.example', languages: 'de', workingRules: 'mornings' }, 'workingRules'],
    [roomForm, { 'reserve.uk.-.-': 'x 3' }, 'reserve.uk.-.-'],
    [roomForm, { 'capacity.phone': 'x' }, 'capacity.phone'],
  ])('that are wrong are named: %#', (form, cells, cell) => {
    const read = form.read('x', cells, undefined);
    expect('errors' in read && read.errors.map((error) => error.cell)).toContain(cell);
  });
});
