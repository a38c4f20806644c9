import { registerHooks } from 'node:module'

/**
 * Sources that run as they are are the server's: the marker of server files has nothing to stop here. The bundler's own way of saying so,
 * the condition `react-server`, would take half of React away, and mails are rendered by the whole.
 */
registerHooks({
  resolve: (name, context, next) =>
    name === 'server-only' ? { url: 'data:text/javascript,', shortCircuit: true } : next(name, context),
})
