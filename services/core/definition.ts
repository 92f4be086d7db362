// What a pipeline definition says, in one model for every CI system, and what changed between two versions of one.
//
// A fact of one job carries its `job`; one without is of the whole definition, or was read where the job is not known (a
// patch). Lines count from 1. What a definition does not say is absent.

/** `other`: a definition of a system that has no reader of its own; only patches of it are read. */
export type DefinitionSystem = 'github' | 'gitlab' | 'jenkins' | 'circleci' | 'other';

/**
 * How firmly a reference names what it gets. `digest` and `commit` are content; a `tag` (or version) can be moved, a
 * `branch` moves all the time, `none` takes whatever is newest. `local`: of the same repository. `dynamic`: worked out
 * when the pipeline runs.
 */
export type Pinning = 'digest' | 'commit' | 'tag' | 'branch' | 'none' | 'local' | 'dynamic';

export interface Fact {
  readonly job?: string;
  readonly line?: number;
}

export interface Trigger extends Fact {
  /** The system's own word: `push`, `pull_request_target`, `schedule`, `merge_request_event`, `cron` … */
  readonly event: string;
  /** `branches: main`, `types: opened`, `cron: 0 3 * * *` … sorted. */
  readonly filters: readonly string[];
}

export interface Permission extends Fact {
  /** `contents`, `id-token`, `hudson.model.Item.Build` … */
  readonly scope: string;
  readonly access: 'read' | 'write' | 'none' | 'granted';
  /** Whom it is granted to, where that is not the job itself. */
  readonly subject?: string;
  /** It was not named, but came with `read-all` or `write-all`. */
  readonly all?: true;
}

export interface SecretUse extends Fact {
  /** `*`: all that there are. */
  readonly name: string;
  readonly via: 'expression' | 'inherit' | 'context' | 'credential' | 'vault' | 'variable';
}

export interface Environment extends Fact {
  readonly name: string;
  readonly url?: string;
}

/** What must be so, or who must say so, before a job runs. */
export interface Gate extends Fact {
  readonly kind: 'manual' | 'approval' | 'input' | 'condition';
  readonly detail?: string;
}

export interface Runner extends Fact {
  /** As written. */
  readonly labels: readonly string[];
  /** What an expression among the labels can become, where the definition itself says so. */
  readonly choices?: readonly string[];
  readonly group?: string;
  /** Absent: the labels do not tell. */
  readonly self_hosted?: boolean;
}

export interface ImageUse extends Fact {
  readonly role: 'job' | 'service' | 'step';
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly pinned: Pinning;
}

export type UseKind =
  | 'action'
  | 'workflow'
  | 'orb'
  | 'include'
  | 'template'
  | 'component'
  | 'library'
  | 'repository'
  | 'pipeline';

/** Something taken from elsewhere, or (`pipeline`) started elsewhere. */
export interface Use extends Fact {
  readonly kind: UseKind;
  /** Without its reference: `actions/checkout`, `./build`, `group/project:/ci.yml`, `https://…`. */
  readonly name: string;
  readonly ref?: string;
  readonly pinned: Pinning;
  readonly step?: string;
}

/** The repository's content that a job takes, where a reference is named. */
export interface Checkout extends Fact {
  readonly ref?: string;
  readonly repository?: string;
  /** It is somebody else's proposal: the head of a pull request, a fork. */
  readonly untrusted: boolean;
}

export type SignKind =
  | 'pipe-to-shell'
  | 'run-download'
  | 'decode-to-shell'
  | 'decode'
  | 'encode'
  | 'hex'
  | 'ifs'
  | 'encoded-text'
  | 'eval'
  | 'inline-code'
  | 'dev-tcp'
  | 'remote-shell'
  | 'env-dump'
  | 'env-sent'
  | 'env-file'
  | 'path-file'
  | 'privileged'
  | 'docker-socket'
  | 'host-mount'
  | 'memory-read'
  | 'metadata-service'
  | 'outlive-job';

/** Something in a script that deserves a look. */
export interface Sign {
  readonly kind: SignKind;
  readonly line: number;
  /** The command's line, cut. */
  readonly text: string;
  readonly hosts: readonly string[];
}

export interface NetworkCommand {
  /** `curl`, `git`, `npm` … */
  readonly tool: string;
  readonly does: 'transfer' | 'socket' | 'remote' | 'repository' | 'registry' | 'package' | 'lookup';
  /** It sends a body: `--data`, `-T`, `-F`, `--post-file` … */
  readonly sends: boolean;
  /** Those it names; a variable names none. */
  readonly hosts: readonly string[];
  readonly line: number;
  /** The command's line, cut. */
  readonly text: string;
}

export interface ScriptFacts {
  readonly network: readonly NetworkCommand[];
  readonly signs: readonly Sign[];
  /** Expressions that a stranger fills and the system pastes into the script before it runs. */
  readonly untrusted: readonly string[];
}

export interface Script extends Fact, ScriptFacts {
  /** Name, id, or `step 3`. */
  readonly step: string;
  /** `bash`, `pwsh`, `python` … where it is said. */
  readonly shell?: string;
  readonly text: string;
}

export interface HostUse extends Fact {
  readonly host: string;
  /** The registrable domain, private suffixes counted; of an address, itself. */
  readonly domain: string;
  /** `contacted`: a command does. `named`: in a value. `comment`: only there. */
  readonly how: 'contacted' | 'named' | 'comment';
}

export interface Job extends Fact {
  readonly name: string;
  readonly steps: readonly string[];
}

export interface Problem {
  readonly line?: number;
  readonly message: string;
}

/** What kinds of facts there are, each as a list. */
export interface DefinitionFacts {
  readonly triggers: readonly Trigger[];
  readonly permissions: readonly Permission[];
  readonly secrets: readonly SecretUse[];
  readonly environments: readonly Environment[];
  readonly gates: readonly Gate[];
  readonly runners: readonly Runner[];
  readonly images: readonly ImageUse[];
  readonly uses: readonly Use[];
  readonly checkouts: readonly Checkout[];
  readonly scripts: readonly Script[];
  readonly hosts: readonly HostUse[];
  readonly jobs: readonly Job[];
}

export interface Definition extends DefinitionFacts {
  readonly system: DefinitionSystem;
  readonly path: string;
  /** Only what a patch shows of it. */
  readonly partial: boolean;
  /** What could not be read; the rest was. */
  readonly problems: readonly Problem[];
}

export interface Changes<Kind> {
  readonly added: readonly Kind[];
  readonly removed: readonly Kind[];
  readonly changed: readonly { readonly before: Kind; readonly after: Kind }[];
}

export type FactChanges = {
  readonly [Kind in keyof DefinitionFacts]: Changes<DefinitionFacts[Kind][number]>;
};

/** What a change does to a definition. */
export interface DefinitionDelta extends FactChanges {
  readonly system: DefinitionSystem;
  readonly path: string;
  readonly status: 'added' | 'changed' | 'removed';
  readonly partial: boolean;
  /** Each a short sentence: `adds trigger pull_request_target`. What weighs most comes first. */
  readonly words: readonly string[];
}
