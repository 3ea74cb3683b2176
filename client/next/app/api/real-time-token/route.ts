import { cookies } from 'next/headers';

/** The token of whoever is signed in. Here the local stack issues it; an app asks its account service. */
export async function GET() {
  const userId = (await cookies()).get('session')?.value;
  const stack = await fetch(`${process.env.STACK}config.json`, { cache: 'no-store' });
  const { people } = (await stack.json()) as { people: { userId: string; token: string }[] };
  const person = people.find((one) => one.userId === userId);
  if (!person) return Response.json({ detail: 'sign in first' }, { status: 401 });
  return Response.json({ token: person.token }, { headers: { 'Cache-Control': 'no-store' } });
}
