// What package managers write when they take something in, as data: one row a wording, by how the line begins.
// Each row follows the tool's own output (named in its row); versions stand in `resolved`, ranges in `requested`.

export interface InstallRow {
  /** How the line's text begins, blanks before it not counted. */
  readonly begins: string;
  /** The tool: `from` of the dependency. */
  readonly tool: string;
  /** Groups: `name`, and `resolved` or `requested`. */
  readonly expression: RegExp;
}

const row = (begins: string, tool: string, expression: RegExp): InstallRow => ({ begins, tool, expression });

export const INSTALLS: readonly InstallRow[] = [
  row(
    'Collecting ',
    'pip',
    /^Collecting (?<name>\w[\w.-]{0,100})(?:\[[^\]]{0,100}\])?(?<requested>[=<>!~][^\s(;]{1,60})?(?:$| \(|;)/,
  ),
  row(
    'Downloading/unpacking ',
    'pip',
    /^Downloading\/unpacking (?<name>\w[\w.-]{0,100})(?<requested>[=<>!~][^\s(;]{1,60})?(?:$| \(|;)/,
  ),
  // uv: `+ requests==2.31.0`; npm up to 6: `+ left-pad@1.3.0`.
  row('+ ', 'uv', /^\+ (?<name>\w[\w.-]{0,100})==(?<resolved>\d[\w.!+-]{0,60})$/),
  row('+ ', 'npm', /^\+ (?<name>(?:@[\w.-]{1,100}\/)?\w[\w.-]{0,100})@(?<resolved>\d[\w.+-]{0,60})$/),
  row('- Installing ', 'poetry', /^- Installing (?<name>\w[\w.-]{0,100}) \((?<resolved>\d[^)\s]{0,60})\)/),
  row('• Installing ', 'poetry', /^• Installing (?<name>\w[\w.-]{0,100}) \((?<resolved>\d[^)\s]{0,60})\)/),
  row(
    'npm WARN deprecated ',
    'npm',
    /^npm WARN deprecated (?<name>(?:@[\w.-]{1,100}\/)?[\w.-]{1,100})@(?<resolved>\d[^\s:]{0,60})/,
  ),
  row(
    'npm warn deprecated ',
    'npm',
    /^npm warn deprecated (?<name>(?:@[\w.-]{1,100}\/)?[\w.-]{1,100})@(?<resolved>\d[^\s:]{0,60})/,
  ),
  row(
    'npm WARN exec ',
    'npx',
    /will be installed: (?<name>(?:@[\w.-]{1,100}\/)?[\w.-]{1,100})@(?<resolved>\d[^\s:]{0,60})/,
  ),
  row(
    'npm warn exec ',
    'npx',
    /will be installed: (?<name>(?:@[\w.-]{1,100}\/)?[\w.-]{1,100})@(?<resolved>\d[^\s:]{0,60})/,
  ),
  row('├─ ', 'yarn', /^├─ (?<name>(?:@[\w.-]{1,100}\/)?[\w.-]{1,100})@(?<resolved>\d[\w.+-]{0,60})$/),
  row('└─ ', 'yarn', /^└─ (?<name>(?:@[\w.-]{1,100}\/)?[\w.-]{1,100})@(?<resolved>\d[\w.+-]{0,60})$/),
  row(
    '➤ YN0013: │ ',
    'yarn',
    /^➤ YN0013: │ (?<name>(?:@[\w.-]{1,100}\/)?[\w.-]{1,100})@npm:(?<resolved>\d[\w.+-]{0,60})/,
  ),
  row(
    'Fetching',
    'gem',
    /^Fetching:? (?<name>[a-zA-Z][\w.-]{0,100}?)-(?<resolved>\d[\w.]{0,40}?)(?:-[\w-]{1,40})?\.gem\b/,
  ),
  row('Fetching ', 'gem', /^Fetching (?<name>[a-zA-Z][\w.-]{0,100}) (?<resolved>\d{1,6}(?:\.\w{1,12}){1,6})$/),
  row(
    'Installing ',
    'gem',
    /^Installing (?<name>[a-zA-Z][\w.-]{0,100}) \(?(?<resolved>\d{1,6}(?:\.\w{1,12}){1,6})\)?(?: with native extensions)?$/,
  ),
  row(
    'Installing ',
    'nuget',
    /^Installing (?<name>[a-zA-Z][\w.-]{0,100}) (?<resolved>\d[\w+-]{0,20}(?:\.[\w+-]{1,20}){1,6})\.$/,
  ),
  row('Installing ', 'cargo', /^Installing (?<name>[\w-]{1,100}) v(?<resolved>\d[\w.+-]{0,60})$/),
  row('Installed ', 'nuget', /^Installed (?<name>[a-zA-Z][\w.-]{0,100}) (?<resolved>\d[\w.+-]{0,60}) from /),
  row('Compiling ', 'cargo', /^Compiling (?<name>[\w-]{1,100}) v(?<resolved>\d[\w.+-]{0,60})$/),
  row('Downloaded ', 'cargo', /^Downloaded (?<name>[\w-]{1,100}) v(?<resolved>\d[\w.+-]{0,60})(?:$| \(registry)/),
  row('go: downloading ', 'go', /^go: downloading (?<name>[^\s@]+) (?<resolved>v\S{1,100})$/),
  row('go: added ', 'go', /^go: added (?<name>[^\s@]+) (?<resolved>v\S{1,100})$/),
  row(
    'Setting up ',
    'apt',
    /^Setting up (?<name>[a-z0-9][a-z0-9.+-]{1,100})(?::[a-z0-9]{1,20})? \((?<resolved>\d[^)\s]{0,100})\)/,
  ),
  row(
    'Unpacking ',
    'apt',
    /^Unpacking (?<name>[a-z0-9][a-z0-9.+-]{1,100})(?::[a-z0-9]{1,20})? \((?<resolved>\d[^)\s]{0,100})\)/,
  ),
  row('(', 'apk', /^\(\d{1,5}\/\d{1,5}\) Installing (?<name>\S{1,100}) \((?<resolved>\d[^)\s]{0,100})\)$/),
  row('==> Installing ', 'brew', /^==> Installing (?:[\w@.+-]{1,100} dependency: )?(?<name>[\w@.+-]{1,100})$/),
  row(
    '==> Pouring ',
    'brew',
    /^==> Pouring (?<name>[\w@.+-]{1,100}?)--(?<resolved>\d[\w.]{0,40}?)\.[a-z]\w{0,40}\.bottle\./,
  ),
  row('- Installing ', 'composer', /^- Installing (?<name>[\w.-]{1,100}\/[\w.-]{1,100}) \((?<resolved>[^)\s]{1,60})/),
  row(
    '- Installing ',
    'terraform',
    /^- Installing (?<name>[\w.-]{1,100}\/[\w.-]{1,100}) v(?<resolved>\d[\w.+-]{0,60}?)\.\.\.$/,
  ),
];
