/**
 * The user of a JWT, which only the gateway can verify; null when it is no JWT. Other claims would need to be decoded from
 * UTF-8; an id that channels are named by is ASCII.
 */
export function subjectOf(token: string): string | null {
  try {
    const claims = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(claims)) as { sub?: string }).sub ?? null;
  } catch {
    return null;
  }
}
