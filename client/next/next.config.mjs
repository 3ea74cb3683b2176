// The gateway answers under the app's own origin: no CORS, and no address of it in the browser's code.

const gateway = process.env.GATEWAY;

/** @type {import('next').NextConfig} */
export default {
  turbopack: { root: import.meta.dirname },
  rewrites: async () => ['/pusher/:path*', '/v1/:path*'].map((source) => ({ source, destination: gateway + source })),
};
