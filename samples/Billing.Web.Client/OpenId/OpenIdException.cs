namespace Billing.Web.Client.OpenId;

/// <summary>A sign-in that ends without anybody signed in.</summary>
internal sealed class OpenIdException(OpenIdFault fault) : Exception(fault.Kind)
{
    public OpenIdException(string kind, string? detail = null)
        : this(new OpenIdFault(kind, detail))
    {
    }

    public OpenIdFault Fault => fault;
}
