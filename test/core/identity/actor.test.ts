// Who somebody is: what one record says makes one id, the same in every feed, and never by a similar name.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../services/core/activity.ts';
import { type Acting, actorEntity, actorId, actorKeys } from '../../../services/core/identity/actor.ts';

function push(source: string, actor: Partial<Actor>): Acting {
  const detail = { forced: false, created: false, deleted: false, commits: 1 };
  return { source, detail, actor: { type: 'unknown', ...actor } };
}

function commit(source: string, actor: Partial<Actor>): Acting {
  const detail = { sha: 'a'.repeat(40), author: {}, committer: {}, signature: 'unknown' as const };
  return { source, detail, actor: { type: 'unknown', ...actor } };
}

describe('an account', () => {
  test('of GitHub is its login, whatever its case, in webhook and audit log', () => {
    expect(actorId(push('github.webhook', { name: 'Mara-L', id: '42' }))).toBe('github:mara-l');
    expect(actorId(push('github.audit', { name: 'mara-l' }))).toBe('github:mara-l');
  });

  test('of GitLab is its number, since an audit event tells nothing else that is unique', () => {
    expect(actorId(push('gitlab.webhook', { name: 'mei', id: '9', email: 'mei@harbor.example' }))).toBe('gitlab#9');
    expect(actorId(push('gitlab.audit', { name: 'Mei Tan', id: '9' }))).toBe('gitlab#9');
  });

  test('of two systems is two entities, as long as nobody says otherwise', () => {
    const [one, other] = ['github.audit', 'jenkins.event'].map((source) => actorId(push(source, { name: 'mara' })));
    expect([one, other]).toEqual(['github:mara', 'jenkins:mara']);
  });

  test('belongs to the system that the record names, where that is another than the feed’s', () => {
    expect(actorId(push('circleci.audit', { name: 'Ana', provider: 'github' }))).toBe('github:ana');
  });

  test('keeps its case where the system does', () => {
    expect(actorId(push('vault.audit', { name: 'Mara' }))).toBe('vault:Mara');
  });

  test('of nobody knows which system stands for itself', () => {
    expect(actorEntity(push('case', { name: 'ada', id: '7' }))).toEqual({ type: 'actor', id: 'ada' });
  });
});

describe('the author of a commit', () => {
  test('is their address, which a clone and a delivery both tell', () => {
    const told = commit('github.webhook', { name: 'mara', email: 'Mara@Acme.example' });
    expect(actorId(told)).toBe('mara@acme.example');
    expect(actorId(commit('git', { name: 'Mara Lindqvist', display: true, email: 'mara@acme.example' }))).toBe(
      'mara@acme.example',
    );
    // The delivery says that the two are one, so what rests on it is linked to both.
    expect(actorKeys(told)).toEqual(['mara@acme.example', 'github:mara']);
  });

  test.each([
    ['12345+Mara@users.noreply.github.com', 'github:mara'],
    ['mara@users.noreply.github.com', 'github:mara'],
    ['12345+dependabot[bot]@users.noreply.github.com', 'github:dependabot[bot]'],
    ['77+mara@users.noreply.github.corp.example', 'github:mara'],
    ['9-mei@users.noreply.gitlab.com', 'gitlab#9'],
    ['9-mei.tan@users.noreply.gitlab.harbor.example', 'gitlab#9'],
    ['fluxcd@users.noreply.gitlab.com', 'gitlab:fluxcd'],
    ['project_12_bot_9fae@noreply.gitlab.harbor.example', 'gitlab:project_12_bot_9fae'],
    ['noreply@github.com', 'github:web-flow'],
  ])('who hides behind %s is %s', (email, id) => {
    expect(actorId(commit('git', { email }))).toBe(id);
  });

  test('with an address of no mailbox is one with the account that it names', () => {
    const account = push('github.webhook', { name: '12-factor', id: '5' });
    expect(actorId(commit('github.webhook', { email: '12-factor@users.noreply.github.com' }))).toBe(actorId(account));
    expect(actorKeys(commit('git', { email: '5+12-factor@users.noreply.github.com' }))).toEqual(actorKeys(account));
  });

  test.each(['root@localhost', 'mara@laptop.(none)', '[REDACTED]', 'no address', '@', ''])(
    'is nobody by what git puts for want of an address: %j',
    (email) => {
      expect(actorId(commit('git', { name: 'Mara', display: true, email }))).toBeUndefined();
    },
  );

  test('is never known by a display name alone', () => {
    expect(actorEntity(commit('git', { name: 'Mara Lindqvist', display: true }))).toBeUndefined();
    expect(actorEntity(push('gitlab.audit', { name: 'Mara Lindqvist' }))).toBeUndefined();
  });

  test('may be known by the key that signed it', () => {
    expect(actorId(commit('git', { key: 'PGP:3AA5C34371567BD2' }))).toBe('key:PGP:3AA5C34371567BD2');
  });
});

test('a configured person is called by that name, and stays linked to what the record states', () => {
  const told = push('gitlab.webhook', { name: 'mara', id: '9', person: 'mara-l' });
  expect(actorId(told)).toBe('mara-l');
  expect(actorKeys(told)).toEqual(['gitlab#9', 'gitlab:mara']);
});

describe('laws', () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,12}$/);
  const actor = fc.record(
    { name, id: fc.stringMatching(/^[1-9]\d{0,6}$/), email: fc.emailAddress() },
    { requiredKeys: [] },
  );
  const source = fc.constantFrom('github.webhook', 'gitlab.audit', 'jenkins.event', 'git');
  const made = fc.constantFrom(push, commit);

  test('the same record says the same, and says nothing twice', () => {
    fc.assert(
      fc.property(source, actor, made, (from, who, make) => {
        const keys = actorKeys(make(from, who));
        expect(actorKeys(make(from, { ...who }))).toEqual(keys);
        expect(new Set(keys).size).toBe(keys.length);
        expect(actorId(make(from, who))).toBe(keys[0]);
      }),
    );
  });

  test('case never makes two people of a login of GitHub or of an address', () => {
    fc.assert(
      fc.property(name, fc.emailAddress(), (login, email) => {
        const upper = { name: login.toUpperCase(), email: email.toUpperCase() };
        expect(actorKeys(push('github.audit', upper))).toEqual(actorKeys(push('github.audit', { name: login, email })));
      }),
    );
  });

  test('what else a record states never changes what its address or login say', () => {
    fc.assert(
      fc.property(source, actor, (from, who) => {
        const alone = who.email === undefined ? [] : actorKeys(commit(from, { email: who.email }));
        expect(actorKeys(commit(from, who))).toEqual(expect.arrayContaining([...alone]));
      }),
    );
  });
});
