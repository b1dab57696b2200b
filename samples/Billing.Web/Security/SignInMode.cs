namespace Billing.Web.Security;

/// <summary>How people sign in.</summary>
internal enum SignInMode
{
    /// <summary>They do not: the host listens on loopback only.</summary>
    None,

    /// <summary>By the token that the host prints when it starts.</summary>
    Token,

    /// <summary>By OpenID Connect.</summary>
    OpenId,
}
