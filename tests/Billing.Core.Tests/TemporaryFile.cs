using System.Text;

namespace Billing.Core.Tests;

/// <summary>A file of one test, deleted with it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _folder = Some.Folder();

    public TemporaryFile(string name, byte[] content)
    {
        Path = System.IO.Path.Combine(_folder, name);
        File.WriteAllBytes(Path, content);
    }

    public TemporaryFile(string name, string content)
        : this(name, Encoding.UTF8.GetBytes(content))
    {
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
