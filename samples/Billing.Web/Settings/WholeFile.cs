using System.Text;

namespace Billing.Web.Settings;

/// <summary>Writes small files whole or not at all, also where the machine stops meanwhile.</summary>
internal static class WholeFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, string text)
    {
        string part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (FileStream file = new(part, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(s_utf8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
