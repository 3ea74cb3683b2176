// The project's license, for the package that is packed from this folder.

import { copyFile } from 'node:fs/promises';

await copyFile(new URL('../../LICENSE', import.meta.url), new URL('../LICENSE', import.meta.url));
