namespace Blog.Commands;

/// <summary>Writes a file that must not be there yet.</summary>
internal static class NewFile
{
    /// <summary>Writes the file whole or not at all; false when there is one.</summary>
    public static bool TryWrite(string path, string text)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        // The site passes over names that begin with a dot, so that it never reads half an article.
        var unfinished = Path.Combine(folder, "." + Path.GetRandomFileName());
        try
        {
            File.WriteAllText(unfinished, text);
            // Never over a file that came there in the meantime. A move that is to replace nothing looks first and moves then, so that two at once could both succeed.
            File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write).Dispose();
            Put(unfinished, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void Put(string unfinished, string path)
    {
        try
        {
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            // The place is free again.
            File.Delete(path);
            throw;
        }
    }
}
