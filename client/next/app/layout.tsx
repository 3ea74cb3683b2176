import { RealTimeProvider } from '@threadly/real-time/client';

export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body>
        <RealTimeProvider
          config={{
            pusherKey: process.env.NEXT_PUBLIC_PUSHER_KEY!,
            pusherCluster: process.env.NEXT_PUBLIC_PUSHER_CLUSTER!,
            wsHost: process.env.NEXT_PUBLIC_PUSHER_HOST!,
            wsPort: Number(process.env.NEXT_PUBLIC_PUSHER_PORT),
            forceTLS: false,
            enabledTransports: ['ws'],
            enablePresence: true,
            enableTypingIndicators: true,
            tokenEndpoint: '/api/real-time-token',
          }}
        >
          {children}
        </RealTimeProvider>
      </body>
    </html>
  );
}
