import { type FS, Liquid } from 'liquidjs';

/** Bounds: characters parsed and memory units (characters made by filters) of one template, milliseconds and characters of one message. */
export const liquidLimits = { parse: 1_000_000, milliseconds: 200, memory: 5_000_000, output: 2_000_000 } as const;

const refused = () => {
  throw new Error('templates have no files');
};

const noFiles: FS = {
  exists: async () => false,
  existsSync: () => false,
  contains: async () => false,
  containsSync: () => false,
  readFile: refused,
  readFileSync: refused,
  resolve: refused,
};

// They read files, or stitch templates together; a message is one text.
const fileTags = ['include', 'render', 'layout', 'block'];

function engine(outputEscape: 'escape' | undefined): Liquid {
  const liquid = new Liquid({
    fs: noFiles,
    relativeReference: false,
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    // Where variables are asked for strictly, conditions and `default` may still ask for what is not there.
    lenientIf: true,
    parseLimit: liquidLimits.parse,
    renderLimit: liquidLimits.milliseconds,
    memoryLimit: liquidLimits.memory,
    ...(outputEscape ? { outputEscape } : {}),
  });
  for (const name of fileTags) delete liquid.tags[name];
  // What a customer typed reaches a mail as text only: `raw` is not a filter that a template may name.
  delete liquid.filters.raw;
  return liquid;
}

/** Renders HTML: every output is escaped. */
export const htmlEngine = engine('escape');

/** Renders subjects, plain text and addresses of links: outputs stand as they are. */
export const textEngine = engine(undefined);
