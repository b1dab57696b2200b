using Bunit;

namespace Billing.Web.Client.Tests;

/// <summary>The storage of the browser, as a test fills it and finds it.</summary>
internal sealed class StorageOfTest(Dictionary<string, string> texts, BunitJSModuleInterop module)
{
    /// <summary>Puts a text there before the page reads it.</summary>
    public void Put(string key, string text)
    {
        texts[key] = text;
        module.Setup<string?>("read", call => Equals(call.Arguments[0], key)).SetResult(text);
    }

    /// <summary>What the page wrote last under a key; null if it wrote nothing or forgot it.</summary>
    public string? Written(string key) => module.Invocations["write"].LastOrDefault(call => Equals(call.Arguments[0], key)).Arguments?[1] as string;
}
