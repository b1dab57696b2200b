namespace Billing.Web.Contracts;

/// <summary>Who is signed in, what they may do, and the settings that a page needs: <c>GET /api/session</c>.</summary>
public sealed record SessionReply
{
    /// <summary>How people sign in: <c>none</c> (on loopback), <c>token</c> or <c>openid</c>.</summary>
    public required string SignIn { get; init; }

    /// <summary>The name of the person, or null where nobody signs in.</summary>
    public string? User { get; init; }

    /// <summary>The roles: <c>reader</c>, <c>clerk</c>, <c>controller</c>. A controller has all three, a clerk the first two.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The code of the reporting currency.</summary>
    public required string ReportingCurrency { get; init; }

    /// <summary>The codes that an expense may have today: those with a rate, the reporting currency first.</summary>
    public required IReadOnlyList<string> Currencies { get; init; }

    /// <summary>Today, in the time zone of the host.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The name of the header that every POST, PUT, PATCH and DELETE must have, with any value.</summary>
    public required string AntiForgeryHeader { get; init; }

    /// <summary>The most bytes of an uploaded file.</summary>
    public required long MostUploadBytes { get; init; }

    /// <summary>The most bytes of one piece of an upload.</summary>
    public required int PieceBytes { get; init; }

    /// <summary>The number of the last event of <c>GET /api/events</c>: a page that listens from it misses nothing that happened since; null where nobody is signed in.</summary>
    public long? LastEvent { get; init; }

    /// <summary>The name of the store, without secrets.</summary>
    public string? Store { get; init; }

    /// <summary>The version of Billing.</summary>
    public string? Version { get; init; }
}
