/** `--import`ed: the packages named in WITHOUT are not found, as if they had not been installed. Threads inherit it. */
import { registerHooks } from 'node:module';

const missing = new Set(process.env['WITHOUT']?.split(' '));

registerHooks({
  resolve(specifier, context, next) {
    if (!missing.has(specifier)) return next(specifier, context);
    throw Object.assign(new Error(`Cannot find package '${specifier}' imported from ${context.parentURL}`), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
  },
});
