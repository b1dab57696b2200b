using System.Text;
using Microsoft.Extensions.Configuration;

namespace Billing.Hosting.Tests;

/// <summary>Settings as an application has them.</summary>
internal static class Settings
{
    public static IConfigurationRoot Of(string json) => new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    /// <summary>The section <c>Billing</c> of settings that hold only that.</summary>
    public static IConfigurationSection Billing(string json) => Of($$"""{ "Billing": {{json}} }""").GetSection("Billing");
}
