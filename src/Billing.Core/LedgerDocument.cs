using System.Buffers;
using System.Text;

namespace Billing;

/// <summary>What a store keeps beside records, runs and quarantine: what was changed and why, which rows a run found already stored, and the seals. It has a kind, an id within that kind, and a body.</summary>
public sealed class LedgerDocument
{
    /// <summary>The most characters of an id: 200.</summary>
    public const int LongestId = 200;

    /// <summary>The most bytes of a body: 1 MiB.</summary>
    public const int LongestBody = 1 << 20;

    private const int LongestKind = 40;

    private static readonly SearchValues<char> s_ofKinds = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    /// <summary>Creates a document.</summary>
    /// <param name="kind">The kind: 1 to 40 lower-case letters of ASCII and hyphens.</param>
    /// <param name="id">The id within the kind: 1 to 200 characters of ASCII, from <c>!</c> to <c>}</c>. Listings are in the order of these characters.</param>
    /// <param name="body">The body, at most 1 MiB.</param>
    /// <exception cref="ArgumentException">The kind, the id or the body is none of this.</exception>
    public LedgerDocument(string kind, string id, ReadOnlyMemory<byte> body)
    {
        Kind = CheckedKind(kind);
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = id.Length <= LongestId && IsId(id)
            ? id
            : throw new ArgumentException($"The id of a document has 1 to {LongestId} characters, from ! to }} of ASCII.", nameof(id));
        Body = body.Length <= LongestBody ? body : throw new ArgumentException($"The body of a document has {body.Length} bytes. The most are {LongestBody}.", nameof(body));
    }

    /// <summary>The kind.</summary>
    public string Kind { get; }

    /// <summary>The id within the kind.</summary>
    public string Id { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The kind, the id and the number of bytes.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kind} {Id}, {Body.Length} bytes");

    internal string Text => Encoding.UTF8.GetString(Body.Span);

    internal static string CheckedKind(string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        return kind.Length <= LongestKind && !kind.AsSpan().ContainsAnyExcept(s_ofKinds)
            ? kind
            : throw new ArgumentException($"The kind of a document has 1 to {LongestKind} lower-case letters of ASCII and hyphens.", nameof(kind));
    }

    internal static bool IsId(ReadOnlySpan<char> id) => !id.ContainsAnyExceptInRange('!', '}');
}
