import { apiDigest, documentParts } from '../../support/apiDigest';
import { everyChange } from '../../support/everyChange';
import { apiApp } from './apiClient';

describe('The digest of the OpenAPI document, test/golden/openapi.txt', () => {
  it('tells every small change of the document', async () => {
    const api = await apiApp();
    const { body } = await api.get('/openapi.json').expect(200);
    await api.close();
    let changes = 0;
    const untold: string[] = [];
    for (const part of documentParts(body)) {
      const before = apiDigest(part);
      for (const change of everyChange(part)) {
        changes += 1;
        if (apiDigest(part) === before) untold.push(change);
      }
    }
    expect(untold).toEqual([]);
    expect(changes).toBeGreaterThan(10_000);
  });
});
