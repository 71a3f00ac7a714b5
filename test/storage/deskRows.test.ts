import { deskRow } from '../../src/storage/deskRows';
import { aDesk } from '../support/builders';

describe("A desk's row", () => {
  it('has an empty text for no paragraph about the desk, which an older release can still print', () => {
    expect(deskRow(aDesk({ about: null })).about_json).toBe('{}');
  });
});
